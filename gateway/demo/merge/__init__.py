"""The merger of 1 July 2025 as a demonstration: before, on the day, after; what adds up, and which old links open."""
