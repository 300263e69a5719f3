"""The audit trail: who got in, who looked at whose data, who took what out. What was changed, the events say."""
