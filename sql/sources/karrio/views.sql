-- Karrio's tables as the source contract: vigie_karrio.shipments and vigie_karrio.scans. Run it in Karrio's database
-- (psql -f views.sql) as a role that may read Karrio's tables and create a schema; running it again replaces the views.
-- Written against Karrio's models of mid 2026: "tracking-status" (the hyphen needs quotes) with its events in jsonb,
-- and shipments with addresses, parcels and the selected rate in jsonb.
--
-- What to know of these data:
--   time         Karrio stamps local wall clock time with a Z that means nothing: a scan at 09:26-07:00 is stored as
--                09:26Z. So the zone is cut off, and source.time_zone in the settings says where the clock hangs. Scans
--                in other zones stay off by the difference.
--   status       after 90 days Karrio gives up on an undelivered tracker (status unknown, delivered null): just when
--                the parcel matters most. Nothing here filters by the tracker's status.
--   meaning      Karrio's own status of an event is wrong too often to be believed before its code (La Poste's ET1 is
--                no delivery round), so raw codes are passed on and the carrier's catalogue in Vigie says what they
--                mean. Only "pending" and "delivered" are taken as milestones. An event without a code is given
--                Vigie's word for Karrio's status as its code. UPS's codes come with their type as subcode.
--   duplicates   an event whose wording changed stands there twice; Vigie merges such scans itself.
--   undated      an event without a readable date has no occurred_at; vigie check counts it.
--   promise      the delivery date of the rate that was bought. Only without one is the tracker's estimate taken,
--                which the carrier moves along.

create schema if not exists vigie_karrio;
comment on schema vigie_karrio is 'Karrio''s shipments and tracking events as Vigie reads them';

-- The reading of the wall clock in an event: its timestamp without the zone, else its date and time. The time comes as
-- "14:30 PM", "02:05 PM" or "12:35 AM"; without one the day begins. Null for anything that is no time.
create or replace function vigie_karrio.wall_clock(event jsonb) returns timestamp
language sql immutable parallel safe as $$
    select case when month between 1 and 12 and hour < 24 and minute < 60 and second < 60 then
               case when day between 1 and date_part('day', make_date(year, month, 1) + interval '1 month - 1 day')
                    then make_timestamp(year, month, day, hour, minute, second) end end
      from (select d[1]::int as year, d[2]::int as month, d[3]::int as day,
                   case when t[4] ilike 'p%' and t[1]::int < 12 then t[1]::int + 12
                        when t[4] ilike 'a%' and t[1]::int = 12 then 0
                        else coalesce(t[1]::int, 0) end as hour,
                   coalesce(t[2]::int, 0) as minute, coalesce(t[3]::int, 0) as second
              from (select event->>'timestamp' ~ '^(19|20|21)\d\d-\d\d-\d\d[T ]\d\d:\d\d' as stamped) s
             cross join lateral (select
                   regexp_match(case when stamped then event->>'timestamp' else event->>'date' end,
                                '^((?:19|20|21)\d\d)-(\d\d)-(\d\d)') as d,
                   regexp_match(case when stamped then substr(event->>'timestamp', 12) else event->>'time' end,
                                '^(\d\d?):(\d\d)(?::(\d\d))?(?:\s*([ap])m)?', 'i') as t) parts
             where d is not null) clock
$$;

-- A text of jsonb as a date, null when it is none.
create or replace function vigie_karrio.date_of(value text) returns date
language sql immutable parallel safe as $$
    select vigie_karrio.wall_clock(jsonb_build_object('date', value))::date
$$;

create or replace view vigie_karrio.shipments as
select t.id as shipment_id,
       t.tracking_number,
       coalesce(nullif(t.carrier->>'carrier_code', ''), nullif(t.carrier->>'carrier_name', ''),
                s.carrier->>'carrier_code', s.selected_rate->>'carrier_name') as carrier,
       coalesce(s.selected_rate->>'service', '') as service,
       coalesce(t.carrier->>'carrier_id', '') as contract,
       s.shipper->>'country_code' as origin_country,
       coalesce(nullif(s.shipper->>'state_code', ''), left(s.shipper->>'postal_code', 2)) as origin_zone,
       s.recipient->>'country_code' as destination_country,
       coalesce(nullif(s.recipient->>'state_code', ''), left(s.recipient->>'postal_code', 2)) as destination_zone,
       s.recipient->>'postal_code' as destination_postcode,
       coalesce(s.created_at, t.created_at) as created_at,
       coalesce(vigie_karrio.date_of(s.selected_rate->>'estimated_delivery'), t.estimated_delivery) as promised_at,
       case when s.status = 'cancelled' then s.updated_at end as cancelled_at,
       coalesce(nullif(s.order_id, ''), nullif(s.reference, ''), t.reference) as order_reference,
       coalesce(s.options->>'declared_value', p.value::text) as declared_value,
       -- One currency a row: a freight charge in another one is left out rather than misread.
       case when s.selected_rate->>'currency' = m.currency then s.selected_rate->>'total_charge' end as freight_charge,
       m.currency,
       p.grams as weight_grams,
       p.contents
  from "tracking-status" t
  left join shipments s on s.id = t.shipment_id
  left join lateral (
       select -- Unknown when one parcel's weight or one item's value is: a sum without it would be too low to claim.
              case when bool_and(g.grams is not null) then round(sum(g.grams))::bigint end as grams,
              case when bool_and(i.complete) then sum(i.value) end as value,
              max(i.currency) as currency,
              string_agg(coalesce(i.contents, nullif(parcel->>'content', '')), ', ') as contents
         from jsonb_array_elements(case when jsonb_typeof(s.parcels) = 'array' then s.parcels end) parcel
        cross join lateral (
              select case when jsonb_typeof(parcel->'weight') = 'number' then (parcel->>'weight')::numeric *
                          case upper(parcel->>'weight_unit') when 'KG' then 1000 when 'G' then 1
                               when 'LB' then 453.59237 when 'OZ' then 28.349523125 end end as grams) g
         left join lateral (
              select sum(case when jsonb_typeof(item->'value_amount') = 'number' then (item->>'value_amount')::numeric *
                         case when jsonb_typeof(item->'quantity') = 'number' then (item->>'quantity')::numeric else 1 end
                         end) as value,
                     bool_and(jsonb_typeof(item->'value_amount') = 'number') and
                         count(distinct item->>'value_currency') <= 1 as complete,
                     min(item->>'value_currency') as currency,
                     string_agg(coalesce(nullif(item->>'title', ''), item->>'description'), ', ') as contents
                from jsonb_array_elements(case when jsonb_typeof(parcel->'items') = 'array' then parcel->'items' end) item
              ) i on true) p on true
 cross join lateral (select coalesce(nullif(s.options->>'currency', ''), p.currency, s.selected_rate->>'currency')
                         as currency) m
 where not t.test_mode;
comment on view vigie_karrio.shipments is 'Karrio''s trackers with their shipments, as Vigie''s shipments';

create or replace view vigie_karrio.scans as
select t.id as shipment_id,
       e.occurred_at,
       coalesce(nullif(e.event->>'code', ''),
                case e.event->>'status'
                     when 'picked_up' then 'accepted'
                     when 'on_hold' then 'held'
                     when 'delivery_failed' then 'attempt_failed'
                     when 'delivery_delayed' then 'delayed'
                     when 'ready_for_pickup' then 'available_for_pickup'
                     when 'return_to_sender' then 'returning'
                     when 'cancelled' then 'karrio_cancelled'  -- expired return labels are among them: left unmapped
                     else e.event->>'status' end, '') as code,
       case -- GLS's parcel shop code is listed both as delivered and as ready for pick-up: its catalogue decides.
            -- So does UPS's: Karrio calls all of its type D delivered, refusals and access points too.
            when e.event->>'status' = 'delivered' and e.event->>'code' is distinct from 'DELIVEREDPS'
                 and e.ups_type = '' then 'delivered'
            when e.event->>'status' = 'pending' then 'announced'
            -- The tracker knows of the delivery, but none of its events says so: then it is the latest of them.
            when t.delivered and not e.any_delivered and e.newest then 'delivered'
            else '' end as milestone,
       coalesce(nullif(e.event->>'description', ''), e.event->>'reason', '') as text,
       coalesce(e.event->>'location', '') as place,
       e.ups_type as subcode
  from "tracking-status" t
 cross join lateral (
       select event, occurred_at,
              coalesce(bool_or(event->>'status' = 'delivered') over (), false) as any_delivered,
              occurred_at is not null and
                  row_number() over (order by occurred_at desc nulls last, position) = 1 as newest,
              -- A code of UPS counts only with its type, which Karrio keeps in what it made of it: X on hold, D delivered,
              -- and of the rest the status goes by the code alone. Events from before Karrio had statuses have no
              -- timestamp either: their type is not known, and must not look like a scan without one.
              case when coalesce(t.carrier->>'carrier_code', t.carrier->>'carrier_name') is distinct from 'ups'
                        or coalesce(event->>'code', '') = '' then ''
                   when event->>'status' = 'on_hold' then 'X'
                   when event->>'status' = 'delivered' then 'D'
                   when event->>'status' = 'pending' then 'M'
                   when event->>'status' = 'delivery_failed' then 'RS'
                   when event->>'timestamp' is not null then 'I'
                   else 'unknown' end as ups_type
         from (select event, position, vigie_karrio.wall_clock(event) as occurred_at
                 from jsonb_array_elements(case when jsonb_typeof(t.events) = 'array' then t.events end)
                      with ordinality events (event, position)
                where jsonb_typeof(event) = 'object') dated) e
 where not t.test_mode;
comment on view vigie_karrio.scans is 'Karrio''s tracking events as Vigie''s scans; times are wall clock readings without a zone';
