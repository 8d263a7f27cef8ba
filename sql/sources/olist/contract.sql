-- Olist as the source contract: one shipment per order, two scans at most. Tables rather than views, because every
-- night reads scans in the order of the shipments, and that order is worth an index.
--
-- What Olist does not tell, and what is put in its place:
--   tracking number   the order's id
--   carrier           all parcels went by Correios
--   label             printed when the payment was approved, else when the order was made
--   several sellers   the origin is the first item's seller; values and weights are summed over all items
--   weight            unknown when that of any item is: a sum without it would be too low to claim with
--   promise           a date, so it ends with that day
--   sample weight     a subset that holds only a share of the delivered orders can say so (load-olist --delivered-weight)
--   cancellation      its instant is not recorded. An order cancelled or out of stock that was never handed over counts
--                     as cancelled from the start; one that was handed over is a parcel that somebody has
-- Oddities of the data stay as they are (hand-over before approval, delivery before hand-over): no row is dropped.

create table if not exists olist.shipments
(
    shipment_id          text collate "C" primary key,
    tracking_number      text not null,
    carrier              text not null,
    service              text not null,
    created_at           timestamp not null,
    promised_at          date,
    cancelled_at         timestamp,
    origin_country       text not null,
    origin_zone          text,
    destination_country  text not null,
    destination_zone     text,
    destination_postcode text,
    order_reference      text not null,
    customer_reference   text,
    sale_value           numeric,
    freight_charge       numeric,
    currency             text not null,
    weight_grams         bigint,
    contents             text
);
alter table olist.shipments add column if not exists sample_weight double precision not null default 1;
comment on table olist.shipments is 'Olist orders as Vigie''s shipments; made from the CSV tables by scripts/load-olist';

create table if not exists olist.scans
(
    shipment_id text collate "C" not null,
    occurred_at timestamp not null,
    recorded_at timestamp not null,
    milestone   text not null,
    place       text
);
comment on table olist.scans is 'Hand-over and delivery of Olist orders as Vigie''s scans';

truncate olist.shipments, olist.scans;

insert into olist.shipments
    (shipment_id, tracking_number, carrier, service, created_at, promised_at, cancelled_at, origin_country,
     origin_zone, destination_country, destination_zone, destination_postcode, order_reference, customer_reference,
     sale_value, freight_charge, currency, weight_grams, contents,
     sample_weight)
select o.order_id, o.order_id, 'correios', '', l.printed_at, o.order_estimated_delivery_date::date,
       case when o.order_status in ('canceled', 'unavailable') and o.order_delivered_carrier_date is null
            then l.printed_at end,
       'BR', s.seller_state, 'BR', c.customer_state, c.customer_zip_code_prefix, o.order_id, o.customer_id,
       i.price, i.freight, 'BRL', i.grams, i.contents,
       case when o.order_delivered_customer_date is not null then :delivered_weight else 1 end
  from olist.orders o
 cross join lateral (select coalesce(o.order_approved_at, o.order_purchase_timestamp) as printed_at) l
  left join olist.customers c using (customer_id)
  left join (select i.order_id, sum(i.price) as price, sum(i.freight_value) as freight,
                    case when count(p.product_weight_g) = count(*) then sum(p.product_weight_g)::bigint end as grams,
                    string_agg(distinct p.product_category_name, ', ' order by p.product_category_name) as contents,
                    (array_agg(i.seller_id order by i.order_item_id))[1] as seller_id
               from olist.order_items i
               left join olist.products p using (product_id)
              group by i.order_id) i using (order_id)
  left join olist.sellers s using (seller_id);

insert into olist.scans (shipment_id, occurred_at, recorded_at, milestone, place)
select o.order_id, e.at, e.at, e.milestone, e.place
  from olist.orders o
  join olist.shipments s on s.shipment_id = o.order_id
 cross join lateral (values (o.order_delivered_carrier_date, 'accepted', s.origin_zone),
                            (o.order_delivered_customer_date, 'delivered', s.destination_zone)) e (at, milestone, place)
 where e.at is not null
 order by o.order_id, e.at;

-- Filled before it is indexed: building at once is faster and leaves the index compact.
drop index if exists olist.scans_in_order;
create index scans_in_order on olist.scans (shipment_id, occurred_at) include (milestone, recorded_at);

analyze olist.orders, olist.order_items, olist.shipments, olist.scans;
