"""大屏导播: the wall as it is, what will change when applied, scenes, control and board replay. One window at a desk."""
