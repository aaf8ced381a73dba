"""Mail: a request enqueues a message in its own transaction, a job hands it to the transport."""
