"""The monthly count: figures with their definitions, records for those allowed, ODS."""
