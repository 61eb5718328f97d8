"""What stands between the network and the threads that answer: nobody waits for a slow caller (docs/adr/0071).

`gathering` collects the bytes of one request without waiting, `line` is one caller's connection, `worker` is gunicorn's
threaded worker with both in front of it.
"""
