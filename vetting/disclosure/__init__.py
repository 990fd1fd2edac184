"""What a role may see: the only road from stored reports to any screen, chart, export or command.

register (everybody), released (signed-in roles), own (a partner's own batches) and live (reviewers) are its doors.
"""
