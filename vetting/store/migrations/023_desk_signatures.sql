-- Public halves only: a private key is a file beside the database and never in it. The newest key is in use, and each
-- one before it was retired when the next was recorded. public_key: the 32 bytes in base64.
CREATE TABLE desk.signing_key (
    key_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    public_key VARCHAR NOT NULL,
    actor VARCHAR NOT NULL
);

-- From `since` on somebody else may have signed with this key.
CREATE TABLE desk.signing_key_compromise (
    key_id VARCHAR PRIMARY KEY,
    recorded_at TIMESTAMP NOT NULL,
    since TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- What was signed of a certificate, to the byte. A certificate signed again has a second row; one issued before
-- certificates were signed has none. signature: 64 bytes in base64.
CREATE TABLE desk.certificate_signature (
    number VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    key_id VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    signature VARCHAR NOT NULL,
    PRIMARY KEY (number, recorded_at)
);
