"""视频墙, the camera wall: desk and wall, one feed for both."""
