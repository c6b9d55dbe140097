//! Numbers that bound what Needle reads and shows, each with its unit.
//!
//! Discord's own numbers come from its developer documentation; the others are ours and say why.

use std::ops::RangeInclusive;

/// The longest question that is looked at, in chars; what lies beyond is cut before any work is done.
/// Discord lets no member send more in a slash command's option.
pub const QUESTION_CHARS: usize = 6_000;

/// The most bytes that a question of that length takes: a char has up to four in UTF-8.
pub const QUESTION_BYTES: usize = QUESTION_CHARS * 4;

/// How much of a member's question is shown back, in chars.
pub const QUOTED_QUESTION_CHARS: usize = 200;

/// The longest entry question or phrasing, in UTF-16 units: an embed's title holds 256.
pub const ENTRY_QUESTION_UTF16: usize = 256;

/// The most phrasings of one entry; more than this is a sign that the entry is several.
pub const ENTRY_PHRASINGS: usize = 200;

/// The most signs of one urgent document, the most hints, and the most wordings of one group.
pub const URGENT_SIGNS: usize = 400;

/// The fewest examples of an urgent document, and of calm messages, that anything is learnt from.
pub const URGENT_EXAMPLES_MIN: usize = 100;

/// The most off-topic questions of one topic: they are learnt from like phrasings.
pub const TOPIC_OFF_TOPIC: usize = 500;

/// The longest answer, in UTF-16 units: it must fit an embed's description (4,096) with a hint below it.
pub const ANSWER_UTF16: usize = 4_000;

/// The answer length, in UTF-16 units, above which a reader on a phone has to scroll: worth a warning.
pub const ANSWER_COMFORTABLE_UTF16: usize = 1_500;

/// The longest disclaimer, in UTF-16 units: an embed's footer holds 2,048, shared with the review date.
pub const DISCLAIMER_UTF16: usize = 1_000;

/// The longest title, name, role, place or publisher, in UTF-16 units: a select option's label holds 100.
pub const NAME_UTF16: usize = 100;

/// The longest description of a topic, in UTF-16 units.
pub const DESCRIPTION_UTF16: usize = 500;

/// The longest source title, in UTF-16 units.
pub const SOURCE_TITLE_UTF16: usize = 256;

/// The longest address of a source, in UTF-16 units: a link button holds 512.
pub const URL_UTF16: usize = 512;

/// The longest synonym and the longest danger sign, in UTF-16 units.
pub const TERM_UTF16: usize = 100;

/// The longest folder name or file stem, in ASCII characters: both together and a slash fit a `custom_id`.
pub const STEM_CHARS: usize = 32;

/// The largest knowledge document, in bytes: room for the longest answer and every phrasing.
pub const DOCUMENT_BYTES: u64 = 256 * 1024;

/// The largest `expected.tsv` and `examples.tsv`, in bytes.
pub const LABELLED_BYTES: u64 = 4 * 1024 * 1024;

/// The most files in one folder of the knowledge base.
pub const FOLDER_FILES: usize = 10_000;

/// The most experts, the most sources and the most related entries of one entry.
pub const ENTRY_REFERENCES: usize = 10;

/// The longest content of a message that is sent, in UTF-16 units.
pub const MESSAGE_UTF16: usize = 2_000;

/// The longest title of an embed, in UTF-16 units.
pub const EMBED_TITLE_UTF16: usize = 256;

/// The longest description of an embed, in UTF-16 units.
pub const EMBED_DESCRIPTION_UTF16: usize = 4_096;

/// The longest value of an embed's field, in UTF-16 units.
pub const EMBED_FIELD_UTF16: usize = 1_024;

/// The longest footer of an embed, in UTF-16 units.
pub const EMBED_FOOTER_UTF16: usize = 2_048;

/// The most text in all embeds of a message together, in UTF-16 units.
pub const EMBED_TOTAL_UTF16: usize = 6_000;

/// The longest label of a button, in UTF-16 units.
pub const BUTTON_LABEL_UTF16: usize = 80;

/// The most options of a select.
pub const SELECT_OPTIONS: usize = 25;

/// The longest label of an option of a select, and the longest text below it, in UTF-16 units.
pub const OPTION_LABEL_UTF16: usize = 100;

/// The longest `custom_id` of a component and value of a select's option, in chars.
pub const CUSTOM_ID_CHARS: usize = 100;

/// The longest name and value of an offered choice while a member types, in UTF-16 units.
pub const COMPLETION_UTF16: usize = 100;

/// The most choices offered while a member types.
pub const COMPLETIONS: usize = 25;

/// The most near matches offered for one question: one button each, in a row of five with *None of these*.
pub const SUGGESTIONS: usize = 4;

/// The scores, in hundredths, that moderators may choose for answers from: below one half lies what has nothing to do
/// with an entry, and even a question asked word by word reaches hardly more than the highest.
pub const ANSWER_FROM_PERCENT: RangeInclusive<u8> = 50..=75;

/// The scores, in hundredths, that moderators may choose for suggestions from. Those below the lowest are chance; a
/// wrong suggestion harms less than a wrong answer, as the member chooses.
pub const SUGGEST_FROM_PERCENT: RangeInclusive<u8> = 25..=75;

/// The step between the scores that moderators may choose, in hundredths: no finer difference can be noticed.
pub const THRESHOLD_STEP_PERCENT: u8 = 5;

/// How many of the closest entries are kept with a question that was not answered: those that a moderator may choose
/// from.
pub const MISS_CLOSEST: usize = 10;

/// How many open questions are looked through, the newest first, for those that are answered since the knowledge
/// changed.
pub const REVIEWED_QUESTIONS: u32 = 5_000;

/// How many messages are remembered with their replies, and how many interactions, so that what is delivered twice is
/// answered once and a deleted question takes its answer along.
pub const REMEMBERED_MESSAGES: usize = 10_000;

/// Of how many channels it is remembered whether they are threads.
pub const REMEMBERED_CHANNELS: usize = 10_000;

/// The most messages of a channel that Discord lists at once.
pub const LISTED_MESSAGES: usize = 100;

/// How many deletions are worked on at a time at most; others wait for their turn, and never in that of a question.
pub const CONCURRENT_DELETIONS: usize = 8;

/// How many messages are worked on at a time at most; others wait for their turn.
pub const CONCURRENT_REPLIES: usize = 64;

/// How many commands and choices are worked on at a time at most. They must be answered within three seconds and have
/// no rate limit, so that messages that wait for theirs must not hold them up. Each takes a connection: so many answer
/// a thousand a second where Discord takes an eighth of one.
pub const CONCURRENT_RESPONSES: usize = 128;

/// How many messages, how many deletions and how many commands and choices wait for their turn at most. A flood that
/// fills this is not answered in any useful time.
pub const WAITING: usize = 10_000;
