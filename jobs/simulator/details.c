/*
 * Who a parcel is. Values are log-normal, as basket values are: half of them between 26 and 77 EUR.
 */
#include "jobs/simulator/parcel.h"

#include <math.h>

static void
choose_service(Parcel *parcel, Random *random)
{
    parcel->carrier_index = (int)network_pick_carrier(random, CARRIER_COUNT);
    parcel->carrier = &NETWORK_CARRIERS[parcel->carrier_index];

    uint32_t services[SERVICES_MAX];
    for (uint32_t i = 0; i < parcel->carrier->service_count; i++)
        services[i] = parcel->carrier->services[i].share;
    parcel->service =
        &parcel->carrier->services[random_pick(random, services, parcel->carrier->service_count)];
}

static void
choose_lane(Parcel *parcel, Random *random)
{
    const uint32_t first = parcel->service->abroad ? HOME_COUNT : 0;
    const uint32_t count = parcel->service->abroad ? AREA_COUNT - HOME_COUNT : HOME_COUNT;
    uint32_t weights[AREA_COUNT];

    for (uint32_t i = 0; i < count; i++)
        weights[i] = NETWORK_AREAS[first + i].weight;
    parcel->origin_index = NETWORK_ORIGINS[random_chance(random, .3) ? 1 : 0];
    parcel->destination_index = (int)(first + random_pick(random, weights, count));
    parcel->origin = &NETWORK_AREAS[parcel->origin_index];
    parcel->destination = &NETWORK_AREAS[parcel->destination_index];
}

static int64_t
share_of(int64_t cents, double share)
{
    return (int64_t)((double)cents * share);
}

static void
choose_values(Parcel *parcel, Random *random)
{
    const double sale = random_lognormal(random, 45, .8);
    const double grams = random_lognormal(random, 900, .9);
    const double margin = .4 + .3 * random_real(random);

    parcel->sale_cents = (int64_t)(fmin(fmax(sale, 5), 3000) * 100);
    parcel->purchase_cents = random_chance(random, .9) ? share_of(parcel->sale_cents, margin) : 0;
    parcel->declared_cents = random_chance(random, .8) ? parcel->sale_cents : 0;
    parcel->weight_grams = random_chance(random, .99) ? (int32_t)fmin(fmax(grams, 50), 30000) : 0;
    parcel->freight_cents = parcel->service->freight_cents +
                            (parcel->weight_grams > 1000 ? parcel->weight_grams / 10 : 0);
}

void
parcel_describe(Parcel *parcel, const World *world, int64_t index)
{
    const SimulatorPlan *const plan = world_plan(world);
    Random random;

    *parcel = (Parcel){
        .index = index,
        .id_digits = plan->shipments > 9999999 ? 8 : 7,
        .promised_at = INSTANT_NONE,
        .cancelled_at = INSTANT_NONE,
        .delivered_at = INSTANT_NONE,
        .presented_at = INSTANT_NONE,
    };
    random_start(&random, plan->seed, (uint64_t)index, PURPOSE_PARCEL);
    parcel->created_at = world_label_at(world, index, random_real(&random));
    choose_service(parcel, &random);
    choose_lane(parcel, &random);
    choose_values(parcel, &random);
    // Some customers come back: about three parcels each.
    parcel->customer = random_below(&random, (uint32_t)(plan->shipments / 3 + 1));
    parcel->contents = random_below(&random, 1U << 16);
    parcel->postcode_area = random_below(&random, 1U << 16);
    parcel->postcode_rest = random_below(&random, 1000);
    parcel->resold_label = random_chance(&random, .03);
}
