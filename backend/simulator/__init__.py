"""Recorded days made live: simulated stages around real arrivals, and load of any size. Ships with the product: demo, training, load tests."""
