"""The rules of a report, free of I/O and of Azure: they can be read, and tested, on their own."""
