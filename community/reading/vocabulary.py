"""The words that the grammar knows of one language, handed in as data.

The grammar itself holds no word of any language: the locale files do (`reading.ftl`), each message
there named after a field here. Case and accents do not matter in them.
"""

from dataclasses import dataclass

Phrases = tuple[str, ...]
Values = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language's words for reading; `Values` pair a phrase with a number."""

    # Numbers: weekdays from Monday 1 to Sunday 7, months from 1; ordinals count, -1 is the last.
    weekdays: Values
    weekday_shorts: Values
    months: Values
    numbers: Values
    ordinals: Values
    day_suffixes: Phrases
    the: Phrases

    # Days told from today: so many days; weeks added to the coming weekday.
    relative_days: Values
    weeks_after: Values
    weeks_before: Values
    next_before: Phrases
    next_after: Phrases
    this_before: Phrases
    this_after: Phrases
    next_week: Phrases
    of_this_month: Phrases
    of_next_month: Phrases
    within: Phrases
    days: Phrases
    weeks: Phrases
    months_long: Phrases
    loose_days: Values

    # Days that are no single day.
    every: Phrases
    vague_days: Phrases
    vague_months: Phrases
    day_joins: Phrases

    # Parts of the day; `today_…` name the day as well.
    morning: Phrases
    afternoon: Phrases
    evening: Phrases
    today_morning: Phrases
    today_afternoon: Phrases
    today_evening: Phrases

    # Hours. Fractions are minutes to add.
    hour_units: Phrases
    loose_hour_units: Phrases
    before_noon: Phrases
    past_noon: Phrases
    noon: Phrases
    midnight: Phrases
    noon_elsewhere: Phrases
    fractions_before: Values
    fractions_after: Values
    hour_leads: Phrases
    bare_hour_leads: Phrases
    until: Phrases
    range_leads: Phrases
    range_joins: Phrases
    between: Phrases
    conjunctions: Phrases

    # Seats, children, price.
    seats: Phrases
    seat: Phrases
    seat_leads: Phrases
    seat_joins: Phrases
    about: Phrases
    unlimited: Phrases
    childcare: Phrases
    with_words: Phrases
    without: Phrases
    maybe: Phrases
    yes: Phrases
    no: Phrases
    free: Phrases
    currencies: Phrases

    # Places, commissions, and words that carry nothing alone.
    place_words: Phrases
    place_endings: Phrases
    street_words: Phrases
    place_leads: Phrases
    kept_place_leads: Phrases
    not_places: Phrases
    place_stops: Phrases
    articles: Phrases
    genitives: Phrases
    commission_leads: Phrases
    of_words: Phrases
    glue: Phrases

    # True where 5/12 is 5 December and a bare 9 is 9:00; False where both must be asked.
    day_first: bool
