/*
 * ticket.h - what help desks share: one ticket for one thing. It is looked for by a mark that Vigie put on it; a later message
 * is a note on it.
 */
#ifndef ALERTS_TICKET_H
#define ALERTS_TICKET_H

#include "alerts/web.h"

// How one help desk does it. Texts belong to the arena; JSON to who asked.
typedef struct TicketDesk
{
    const char *(*authorization)(Arena *arena, const Channel *channel);
    const char *(*find)(
        Arena *arena, const char *mark);  // path of the search, from the channel's url on
    const char *list;                     // the key of what was found
    const char *create_path;
    json_t *(*create)(
        Arena *arena, const Channel *channel, const Message *message, const char *mark);
    const char *(*note_path)(Arena *arena, int64_t ticket);
    const char *note_method;
    json_t *(*note)(Arena *arena, const Channel *channel, const Message *message);
    bool idempotent;  // creating takes the header Idempotency-Key
} TicketDesk;

// Look for the ticket about message->thing at the desk of the channel's kind, then create it or add a note.
Delivery ticket_send(Arena *arena, const Channel *channel, const Message *message, Instant now);

// A message as one text, for a note on a ticket that has a subject already: its subject, an empty line, its text. Owned by the
// arena.
const char *ticket_note(Arena *arena, const Message *message);

// A message as a note on a ticket that has a subject already: the message's own, an empty line, its text. Owned by the arena.
const char *ticket_note(Arena *arena, const Message *message);

// Lines of plain text as HTML, for desks that want that. Owned by the arena.
const char *ticket_html(Arena *arena, const char *text);

#endif
