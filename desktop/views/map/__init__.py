"""地图: the map window of the desk, and its wall copy. What is around this point: who can see it, who is near, what is buried there?"""
