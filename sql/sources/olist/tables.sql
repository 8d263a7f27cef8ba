-- Olist's public data set as its CSV files have it, in a schema of its own. scripts/load-olist runs this, copies the
-- files in, and runs contract.sql, all in one transaction. Times are wall clock readings of Sao Paulo without a zone.

create schema if not exists olist;
comment on schema olist is 'Brazilian E-Commerce Public Dataset by Olist (CC BY-NC-SA 4.0), mapped to Vigie''s source contract';

create table if not exists olist.customers
(
    customer_id              text primary key,
    customer_zip_code_prefix text,
    customer_city            text,
    customer_state           text
);

create table if not exists olist.sellers
(
    seller_id              text primary key,
    seller_zip_code_prefix text,
    seller_city            text,
    seller_state           text
);

create table if not exists olist.products
(
    product_id            text primary key,
    product_category_name text,
    product_weight_g      bigint,
    product_length_cm     integer,
    product_height_cm     integer,
    product_width_cm      integer
);

create table if not exists olist.orders
(
    order_id                      text primary key,
    customer_id                   text,
    order_status                  text,
    order_purchase_timestamp      timestamp not null,
    order_approved_at             timestamp,
    order_delivered_carrier_date  timestamp,
    order_delivered_customer_date timestamp,
    order_estimated_delivery_date timestamp
);

create table if not exists olist.order_items
(
    order_id            text not null,
    order_item_id       integer not null,
    product_id          text,
    seller_id           text,
    shipping_limit_date timestamp,
    price               numeric,
    freight_value       numeric,
    primary key (order_id, order_item_id)
);

-- A review can belong to several orders, an order can have several reviews.
create table if not exists olist.order_reviews
(
    review_id               text not null,
    order_id                text not null,
    review_score            integer,
    review_creation_date    timestamp,
    review_answer_timestamp timestamp,
    primary key (review_id, order_id)
);

truncate olist.customers, olist.sellers, olist.products, olist.orders, olist.order_items, olist.order_reviews;
