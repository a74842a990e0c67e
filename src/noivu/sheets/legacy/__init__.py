"""Vietnamese text from before Unicode: TCVN3 (ABC) and VNI, their tables, and how they are recognised."""
