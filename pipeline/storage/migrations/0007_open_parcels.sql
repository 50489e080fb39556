-- The exchange between offices (``postgres_exchange.py``) lets a parcel be taken back and names those that are still open.
-- Its own functions are made anew with every office; the form goes up so that no version without them works beside one
-- that needs them. Nothing of the office's own schema changes.
SELECT 1;
