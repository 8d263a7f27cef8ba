-- Vigie's plain tables: the source contract as it stands. The session's search path begins with their schema.

create table if not exists shipments
(
    shipment_id          text collate "C" primary key,
    tracking_number      text not null,
    carrier              text not null,
    service              text,
    contract             text,
    origin_country       text,
    origin_zone          text,
    destination_country  text,
    destination_zone     text,
    destination_postcode text,
    created_at           timestamptz not null,
    promised_at          timestamptz,
    cancelled_at         timestamptz,
    order_reference      text,
    customer_reference   text,
    customer_language    text,
    customer_email       text,
    customer_phone       text,
    declared_value       numeric,
    purchase_value       numeric,
    sale_value           numeric,
    freight_charge       numeric,
    currency             text,
    weight_grams         bigint,
    contents             text,
    invoice_reference    text,
    invoice_url          text,
    label_owner          text,
    customer_consent     boolean
);
-- Tables of before it was part of the contract; who does not own them need not be asked when it is there.
do $$ begin
    if not exists (select from pg_attribute where attrelid = 'shipments'::regclass and attname = 'customer_consent' and not attisdropped) then
        alter table shipments add column customer_consent boolean;
    end if;
end $$;
create index if not exists shipments_tracking on shipments (tracking_number);
create index if not exists shipments_promised on shipments (promised_at);
-- A night asks what is new. Rows come about in the order of time, so a summary of each range of pages finds them.
create index if not exists shipments_by_time on shipments using brin (created_at);

create table if not exists scans
(
    shipment_id text collate "C" not null,
    occurred_at timestamptz not null,
    code        text not null default '',
    subcode     text not null default '',
    milestone   text not null default '',
    text        text not null default '',
    place       text not null default '',
    country     text not null default '',
    carrier     text not null default '',
    recorded_at timestamptz
);
create table if not exists simulated_truth
(
    shipment_id  text collate "C" primary key,
    lost         boolean not null,
    lost_after   text,
    delivered_at timestamptz,
    presented_at timestamptz,
    late         boolean,
    incident     text,
    dirty        text
);
comment on table simulated_truth is 'What vigie simulate knows; no detector reads it';
