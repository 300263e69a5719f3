"""Record, deliver, consume, replay: PostgreSQL is the queue of record, Redis and Celery wake the workers."""
