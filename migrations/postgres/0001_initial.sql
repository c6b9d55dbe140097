-- Ids are Discord's, times are seconds since 1970 in UTC. `server` is 0 for direct messages.

-- A question that was not answered, however often it was asked; its texts are in `miss`.
CREATE TABLE unanswered (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    server BIGINT NOT NULL,
    wording TEXT NOT NULL, -- keyed hash of the folded words: the same question joins here
    state TEXT NOT NULL DEFAULT 'open', -- open, added, off_topic, ignored
    since BIGINT NOT NULL, -- of the state
    settled_by BIGINT,
    entry TEXT, -- where it was added
    revision BIGINT NOT NULL DEFAULT 1, -- raised by each change that its card should show
    drawn BIGINT NOT NULL DEFAULT 0, -- the revision that its card shows
    claimed_at BIGINT, -- by the process that is about to post its card
    card_channel BIGINT,
    card_message BIGINT UNIQUE,
    UNIQUE (server, wording)
);
CREATE INDEX unanswered_state ON unanswered (state, server);

-- One time that it was asked.
CREATE TABLE miss (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unanswered BIGINT NOT NULL REFERENCES unanswered (id) ON DELETE CASCADE,
    text TEXT NOT NULL, -- redacted
    closest TEXT NOT NULL, -- what came closest, JSON
    channel BIGINT,
    message BIGINT UNIQUE,
    private BIGINT NOT NULL,
    asked_at BIGINT NOT NULL
);
CREATE INDEX miss_unanswered ON miss (unanswered, asked_at);
CREATE INDEX miss_asked_at ON miss (asked_at);

-- Cards whose question is gone from here and whose text must go from Discord.
CREATE TABLE blanking (
    message BIGINT PRIMARY KEY,
    channel BIGINT NOT NULL,
    server BIGINT NOT NULL,
    since BIGINT NOT NULL
);

-- Who wants to be told when a question is answered: the one place with a member's id.
CREATE TABLE notice (
    unanswered BIGINT NOT NULL REFERENCES unanswered (id) ON DELETE CASCADE,
    member BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    message BIGINT,
    since BIGINT NOT NULL,
    PRIMARY KEY (unanswered, member)
);
CREATE INDEX notice_member ON notice (member);
CREATE INDEX notice_message ON notice (message);

CREATE TABLE vote (
    member TEXT NOT NULL, -- keyed hash
    message BIGINT NOT NULL, -- the answer's
    entry TEXT NOT NULL,
    server BIGINT NOT NULL,
    helpful BIGINT NOT NULL,
    reason TEXT, -- wrong_question, out_of_date, unclear, something_else
    voted_at BIGINT NOT NULL,
    PRIMARY KEY (member, message, entry)
);
CREATE INDEX vote_entry ON vote (server, entry);

-- How often something happened to an entry on a day.
CREATE TABLE tally (
    server BIGINT NOT NULL,
    day BIGINT NOT NULL, -- its first second
    entry TEXT NOT NULL,
    event TEXT NOT NULL, -- answered, suggested, chosen, rejected
    times BIGINT NOT NULL,
    PRIMARY KEY (server, day, entry, event)
);

CREATE TABLE settings (
    server BIGINT PRIMARY KEY,
    moderators_channel BIGINT,
    editor_role BIGINT,
    viewer_role BIGINT,
    topics TEXT, -- those enabled, JSON; none: all
    addressed_answer DOUBLE PRECISION,
    addressed_suggest DOUBLE PRECISION,
    unprompted_answer DOUBLE PRECISION,
    unprompted_suggest DOUBLE PRECISION,
    feedback BIGINT NOT NULL,
    paused BIGINT NOT NULL,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- One row; the number rises with every change of settings, so that other processes notice.
CREATE TABLE settings_change (number BIGINT NOT NULL);
INSERT INTO settings_change (number) VALUES (0);

-- Servers that the bot is no longer in; their data goes after seven days.
CREATE TABLE left_server (
    server BIGINT PRIMARY KEY,
    left_at BIGINT NOT NULL
);

-- The last batch that each process wrote, so that none is written twice.
CREATE TABLE writer (
    id TEXT PRIMARY KEY,
    batch BIGINT NOT NULL,
    written_at BIGINT NOT NULL
);
