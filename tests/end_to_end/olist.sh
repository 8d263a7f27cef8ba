#!/bin/sh
# scripts/load-olist and the mapping of Olist's tables: on rows made up here, and on the real data when present.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/harness/lib.sh"
use_database

# Six orders: one delivered; one handed over before it was approved and never delivered; one cancelled before and one
# after hand-over; one of two sellers with an item of unknown weight; one without items, customer or approval.
folder="$work/made up data"
mkdir "$folder"
cat >"$folder/orders.csv" <<'END'
order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date
o1,c1,delivered,2018-01-01 10:00:00,2018-01-01 10:15:00,2018-01-03 09:00:00,2018-01-10 18:30:00,2018-01-20 00:00:00
o2,c1,shipped,2018-01-02 10:00:00,2018-01-05 08:00:00,2018-01-04 09:00:00,,2018-01-22 00:00:00
o3,c1,canceled,2018-01-03 10:00:00,2018-01-03 11:00:00,,,2018-01-23 00:00:00
o4,c1,canceled,2018-01-04 10:00:00,2018-01-04 11:00:00,2018-01-06 09:00:00,,2018-01-24 00:00:00
o5,c1,delivered,2018-01-05 10:00:00,2018-01-05 11:00:00,2018-01-07 09:00:00,2018-01-09 09:00:00,2018-01-25 00:00:00
o6,nobody,unavailable,2018-01-06 10:00:00,,,,
END
cat >"$folder/order_items.csv" <<'END'
order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value
o1,1,p1,s1,2018-01-08 00:00:00,99.90,10.05
o1,2,p2,s1,2018-01-08 00:00:00,0.10,5.00
o2,1,p1,s1,2018-01-08 00:00:00,50.00,9.00
o4,1,p1,s1,2018-01-08 00:00:00,1.00,1.00
o5,2,p3,s1,2018-01-08 00:00:00,20.00,2.00
o5,1,p1,s2,2018-01-08 00:00:00,10.00,1.00
END
printf 'customer_id,customer_zip_code_prefix,customer_city,customer_state\r\nc1,01310,sao paulo,SP\r\n' |
    gzip >"$folder/customers.csv.gz"
cat >"$folder/sellers.csv" <<'END'
seller_id,seller_zip_code_prefix,seller_city,seller_state
s1,80010,curitiba,PR
s2,20010,"rio de janeiro, centro",RJ
END
cat >"$folder/products.csv" <<'END'
product_id,product_category_name,product_weight_g,product_length_cm,product_height_cm,product_width_cm
p1,livros,1200,20,10,10
p2,papelaria,300,20,10,10
p3,,,20,10,10
END
echo 'review_id,order_id,review_score,review_creation_date,review_answer_timestamp' >"$folder/order_reviews.csv"

expect "what the loader says" "6 shipments, 6 scans in 2018-01-03 to 2018-01-10" "$("$root/scripts/load-olist" "$folder")"
expect "again, the same" "6 shipments, 6 scans in 2018-01-03 to 2018-01-10" "$("$root/scripts/load-olist" "$folder")"
expect "label printed at approval, else at purchase" "2018-01-01 10:15:00 2018-01-06 10:00:00" \
    "$(sql "select string_agg(created_at::text, ' ' order by shipment_id) from olist.shipments where shipment_id in ('o1', 'o6')")"
expect "hand-over before approval stays" "2018-01-04 09:00:00|accepted" \
    "$(sql "select occurred_at, milestone from olist.scans where shipment_id = 'o2'")"
expect "cancelled only when never handed over" "o3 o6" \
    "$(sql "select string_agg(shipment_id, ' ' order by shipment_id) from olist.shipments where cancelled_at is not null")"
expect "sums over items" "100.00|15.05|1500|PR|SP|livros, papelaria" \
    "$(sql "select sale_value, freight_charge, weight_grams, origin_zone, destination_zone, contents from olist.shipments where shipment_id = 'o1'")"
expect "first seller; one unknown weight makes the sum unknown" "30.00||RJ" \
    "$(sql "select sale_value, weight_grams, origin_zone from olist.shipments where shipment_id = 'o5'")"
expect "the promise is a date" "date|2018-01-20" \
    "$(sql "select pg_typeof(promised_at), promised_at from olist.shipments where shipment_id = 'o1'")"
expect "nothing known stays unknown" "|||" \
    "$(sql "select promised_at, sale_value, origin_zone, destination_zone from olist.shipments where shipment_id = 'o6'")"

# A bad file leaves what was there.
echo 'o7,c1,delivered,not a time,,,,' >>"$folder/orders.csv"
if "$root/scripts/load-olist" "$folder" >"$work/said" 2>&1; then expect "a bad row" "an error" "none"; fi
expect "it names the line" 1 "$(grep -c 'COPY orders, line 8' "$work/said")"
expect "and loads nothing" 6 "$(sql 'select count(*) from olist.shipments')"
rm "$folder/sellers.csv"
expect "a missing file" "load-olist: there is neither sellers.csv.gz nor sellers.csv in $folder" \
    "$("$root/scripts/load-olist" "$folder" 2>&1 || true)"

# The real data: 22,701 orders; every date of hand-over or delivery is a scan, nothing is dropped.
if [ -e "$root/../shared/data/olist/orders.csv.gz" ]; then
    "$root/scripts/load-olist" >/dev/null
    expect "all orders" "22701|22701" "$(sql 'select (select count(*) from olist.shipments), count(*) from olist.orders')"
    expect "all scans" "t" "$(sql 'select count(order_delivered_carrier_date) + count(order_delivered_customer_date)
        = (select count(*) from olist.scans) from olist.orders')"
    expect "all values" "t" "$(sql 'select sum(price) = (select sum(sale_value) from olist.shipments) from olist.order_items')"
else
    echo "the real data are not here: only the made-up rows were tested"
fi
conclude
