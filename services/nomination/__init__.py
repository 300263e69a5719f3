"""Who is put forward, by which unit, for what: drafts, receipts, photos, consent, candidates, movements."""
