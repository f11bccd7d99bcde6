-- Amounts are in paise, moments in unix seconds; notes, card, upi and acquirer_data hold JSON.

CREATE TABLE IF NOT EXISTS orders (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    amount INTEGER NOT NULL CHECK (amount > 0),
    amount_paid INTEGER NOT NULL DEFAULT 0 CHECK (amount_paid >= 0 AND amount_paid <= amount),
    currency TEXT NOT NULL,
    receipt TEXT,
    status TEXT NOT NULL CHECK (status IN ('created', 'attempted', 'paid')),
    attempts INTEGER NOT NULL DEFAULT 0,
    notes TEXT NOT NULL,
    capture TEXT NOT NULL CHECK (capture IN ('automatic', 'manual')),
    automatic_expiry_minutes INTEGER NOT NULL,
    manual_expiry_minutes INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS orders_by_receipt ON orders (receipt);
CREATE INDEX IF NOT EXISTS orders_by_age ON orders (created_at);

CREATE TABLE IF NOT EXISTS payments (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    order_id TEXT NOT NULL REFERENCES orders (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('created', 'authorized', 'captured', 'refunded', 'failed')),
    captured INTEGER NOT NULL DEFAULT 0,
    amount_refunded INTEGER NOT NULL DEFAULT 0 CHECK (amount_refunded >= 0 AND amount_refunded <= amount),
    international INTEGER NOT NULL DEFAULT 0,
    method TEXT NOT NULL CHECK (method IN ('card', 'upi', 'netbanking', 'wallet')),
    description TEXT,
    card TEXT,
    upi TEXT,
    bank TEXT,
    wallet TEXT,
    vpa TEXT,
    email TEXT,
    contact TEXT,
    notes TEXT NOT NULL,
    fee INTEGER,
    tax INTEGER,
    error_code TEXT,
    error_description TEXT,
    error_source TEXT,
    error_step TEXT,
    error_reason TEXT,
    acquirer_data TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    authorized_at INTEGER
);
CREATE INDEX IF NOT EXISTS payments_by_order ON payments (order_id);
CREATE INDEX IF NOT EXISTS payments_by_status ON payments (status, created_at);
CREATE INDEX IF NOT EXISTS payments_by_age ON payments (created_at);

CREATE TABLE IF NOT EXISTS refunds (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    payment_id TEXT NOT NULL REFERENCES payments (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    receipt TEXT,
    notes TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'processed', 'failed')),
    speed_requested TEXT NOT NULL,
    speed_processed TEXT,
    arn TEXT,
    created_at INTEGER NOT NULL,
    due_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS refunds_by_payment ON refunds (payment_id);
CREATE INDEX IF NOT EXISTS refunds_by_status ON refunds (status, due_at);
CREATE INDEX IF NOT EXISTS refunds_by_age ON refunds (created_at);

CREATE TABLE IF NOT EXISTS refund_keys (
    id TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    refund_id TEXT NOT NULL REFERENCES refunds (id)
);

-- Refunds that the bank will refuse when they are due.
CREATE TABLE IF NOT EXISTS failing_refunds (
    refund_id TEXT PRIMARY KEY REFERENCES refunds (id)
);

CREATE TABLE IF NOT EXISTS disputes (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    payment_id TEXT NOT NULL REFERENCES payments (id),
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    status TEXT NOT NULL,
    phase TEXT NOT NULL,
    respond_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);

-- A hosted checkout: the form that opened it, kept from page to page.
CREATE TABLE IF NOT EXISTS hosted_checkouts (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    fields TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

-- The body is kept as it was signed: each retry repeats the very same bytes.
CREATE TABLE IF NOT EXISTS events (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    body BLOB NOT NULL,
    signature TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id),
    url TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'given_up')),
    attempts INTEGER NOT NULL DEFAULT 0,
    rung INTEGER NOT NULL DEFAULT 0,
    ladder_seconds REAL NOT NULL DEFAULT 0,
    due_at REAL NOT NULL,
    last_answer TEXT
);
CREATE INDEX IF NOT EXISTS deliveries_by_due ON deliveries (status, due_at);
