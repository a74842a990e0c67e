"""Official papers (văn bản hành chính) as Word and PDF/A, in the layout of Decree 30/2020/NĐ-CP."""
