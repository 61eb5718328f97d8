"""The monthly count: definitions as data, figures as aggregates, records only for those who may read them."""
