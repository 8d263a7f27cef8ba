-- A night's parcels are weighed by the chance of each. Nights before this was counted have a variance of 0: they say how many
-- moved on, and nothing of how slow that was.
alter table flow
    add column log_ratio          double precision not null default 0,
    add column log_ratio_mean     double precision not null default 0,
    add column log_ratio_variance double precision not null default 0;
comment on column flow.log_ratio is
    'By each parcel''s chance: log-likelihood of what they did at a slower pace less that at the usual one';
comment on column flow.log_ratio_mean is 'Of log_ratio, at the usual pace';
comment on column flow.log_ratio_variance is 'Of log_ratio, at the usual pace, if parcels were independent; 0 when nothing was counted';
