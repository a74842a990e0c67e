"""Plain things every room uses: time, text, numbers, actors. No models; imports nothing of ours."""
