"""The slot for outlines of provinces (ranh giới) that an operator supplies: the product ships none."""
