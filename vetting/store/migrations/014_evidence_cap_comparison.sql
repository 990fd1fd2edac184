-- How a report was compared with the legal caps, once, at commit. Older reports have none: not compared, unknown.
--   cap_rules     every rule that surely applied, '|' between
--   cap_rule      the one of them that decided
--   cap_limit     what it allows, in cap_currency; NULL where the rule or the wage does not say
--   cap_known     the known items in its scope, in cap_currency
--   cap_paid      all that was paid, in cap_currency
--   cap_per_usd   and what follows: where they were converted, the rate of cap_currency (of what was paid in: paid_…)
ALTER TABLE evidence.report ADD COLUMN cap_rules VARCHAR;
ALTER TABLE evidence.report ADD COLUMN cap_rule VARCHAR;
ALTER TABLE evidence.report ADD COLUMN cap_currency VARCHAR;
ALTER TABLE evidence.report ADD COLUMN cap_limit DECIMAL(18, 4);
ALTER TABLE evidence.report ADD COLUMN cap_known DECIMAL(18, 4);
ALTER TABLE evidence.report ADD COLUMN cap_paid DECIMAL(18, 4);
ALTER TABLE evidence.report ADD COLUMN cap_per_usd DECIMAL(18, 8);
ALTER TABLE evidence.report ADD COLUMN cap_rate_date DATE;
ALTER TABLE evidence.report ADD COLUMN cap_rate_source VARCHAR;
ALTER TABLE evidence.report ADD COLUMN cap_rate_kind VARCHAR;
