/*
 * Two texts are near when they share words that few labels have: the cosine of their vectors of words, each word
 * weighted by its inverse document frequency, log(N / n) (K. Sparck Jones, "A statistical interpretation of term
 * specificity", Journal of Documentation 28, 1972; G. Salton and C. Buckley, "Term-weighting approaches in automatic text
 * retrieval", Information Processing & Management 24, 1988). A word counts once for a text, for labels are short.
 */
#include "config/likeness.h"

#include "core/map.h"
#include "core/text.h"

#include <math.h>
#include <string.h>

#define WORDS_MAX   24   // of a text; what follows says nothing new
#define NEAR_ENOUGH 0.5  // below, a proposal misleads more than it helps

// The words of a text, each once, as numbers.
typedef struct Bag
{
    int words[WORDS_MAX];
    size_t count;
    size_t strangers;  // words that no label has: they weigh, but match nothing
    double length;
} Bag;

typedef struct Label
{
    const CodeRow *row;
    const char *text;
    Bag bag;
} Label;

struct Likeness
{
    Arena *arena;
    Map *index;  // word -> number
    struct
    {
        Arena *arena;
        double *items;  // labels with the word, then its weight
        size_t count, capacity;
    } words;
    double usual;  // weight of a word as it stands in labels, on average: that of a stranger
    Label *items;
    size_t count, capacity;
};

// "OutForDelivery" -> "Out For Delivery".
static const char *
split_humps(Arena *arena, const char *text)
{
    Text out = {.arena = arena};

    for (const char *at = text; *at != '\0'; at++) {
        if (at > text && *at >= 'A' && *at <= 'Z' && at[-1] >= 'a' && at[-1] <= 'z')
            text_add(&out, " ");
        text_add_bytes(&out, at, 1);
    }
    return text_get(&out);
}

static void
put_word(Bag *bag, int word)
{
    for (size_t i = 0; i < bag->count; i++)
        if (bag->words[i] == word)
            return;
    if (bag->count < WORDS_MAX)
        bag->words[bag->count++] = word;
}

// The number of a word, which is new to no label when learn is false; -1 then.
static int
number_of(Likeness *likeness, const char *word, size_t length, bool learn)
{
    bool is_new = false;

    if (!learn)
        return (int)map_get(likeness->index, word, length, -1);

    const int64_t number =
        map_intern(likeness->index, word, length, (int64_t)likeness->words.count, &is_new);

    if (is_new)
        ARENA_PUSH(&likeness->words, 0.0);
    return (int)number;
}

static Bag
bag_of(Likeness *likeness, Arena *arena, const char *text, bool learn)
{
    const char *at = text_slug(arena, split_humps(arena, text));
    Bag bag = {0};

    while (*at != '\0') {
        const size_t length = strcspn(at, "_");
        const int word = number_of(likeness, at, length, learn);

        if (word >= 0)
            put_word(&bag, word);
        else
            bag.strangers++;
        at += length + (at[length] == '_');
    }
    return bag;
}

static void
add_label(Likeness *likeness, const CodeRow *row, const char *label)
{
    const Bag bag = bag_of(likeness, likeness->arena, label, true);

    for (size_t i = 0; i < bag.count; i++)
        likeness->words.items[bag.words[i]] += 1;
    if (bag.count > 0)
        ARENA_PUSH(likeness, ((Label){.row = row, .text = label, .bag = bag}));
}

static void
add_carrier(Likeness *likeness, const CarrierEntry *entry)
{
    for (size_t s = 0; s < entry->scheme_count; s++)
        for (size_t i = 0; i < entry->schemes[s].row_count; i++) {
            const CodeRow *const row = &entry->schemes[s].rows[i];

            add_label(likeness, row, row->label_en);
            add_label(likeness, row, row->label_fr);
            if (strlen(row->code) > 4)  // a code that is a text, like those of USPS
                add_label(likeness, row, row->code);
        }
}

static double
length_of(const Likeness *likeness, const Bag *bag)
{
    double sum = (double)bag->strangers * likeness->usual * likeness->usual;

    for (size_t i = 0; i < bag->count; i++)
        sum += likeness->words.items[bag->words[i]] * likeness->words.items[bag->words[i]];
    return sqrt(sum);
}

// From numbers of labels to weights.
static void
weigh_words(Likeness *likeness)
{
    const double labels = (double)likeness->count + 1;
    double sum = 0, count = 0;

    for (size_t i = 0; i < likeness->words.count; i++) {
        double *const word = &likeness->words.items[i];

        sum += *word * log(labels / *word);
        count += *word;
        *word = log(labels / *word);
    }
    likeness->usual = count > 0 ? sum / count : 0;
}

Likeness *
likeness_create(Arena *arena, const Catalogue *catalogue)
{
    Likeness *const likeness = ARENA_NEW(arena, Likeness);

    *likeness = (Likeness){.arena = arena, .index = map_create(arena), .words = {.arena = arena}};
    for (size_t i = 0; i < catalogue_count(catalogue); i++)
        add_carrier(likeness, catalogue_carrier(catalogue, i));

    weigh_words(likeness);
    for (size_t i = 0; i < likeness->count; i++)
        likeness->items[i].bag.length = length_of(likeness, &likeness->items[i].bag);
    return likeness;
}

static double
nearness(const Likeness *likeness, const Bag *a, const Bag *b)
{
    double sum = 0;

    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (a->words[i] == b->words[k])
                sum += likeness->words.items[a->words[i]] * likeness->words.items[a->words[i]];
    return sum / (a->length * b->length);
}

Like
likeness_find(Likeness *likeness, const char *text)
{
    Arena *const arena = arena_create();
    Bag bag = bag_of(likeness, arena, text, false);
    Like best = {.nearness = 0};

    bag.length = length_of(likeness, &bag);
    for (size_t i = 0; i < likeness->count && bag.count > 0; i++) {
        const double near = nearness(likeness, &bag, &likeness->items[i].bag);

        if (near >= NEAR_ENOUGH && near > best.nearness)
            best = (Like){
                .row = likeness->items[i].row, .text = likeness->items[i].text, .nearness = near};
    }
    arena_destroy(arena);
    return best;
}
