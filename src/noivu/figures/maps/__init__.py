"""The tile map (bản đồ ô): figures of all provinces of a day, each in its place, with Hoàng Sa and Trường Sa."""
