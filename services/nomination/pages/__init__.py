"""The pages: the village form, receipts, the public look-up, photos, movements."""
