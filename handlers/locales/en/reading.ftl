### What an officer may write in a sentence that makes an event, and what the bot asks about it.
### Lists are separated by commas; case and accents do not matter. A number after a phrase is what
### it stands for. An empty list is { "" }.

## Calendar

reading-weekdays = monday 1, tuesday 2, wednesday 3, thursday 4, friday 5, saturday 6, sunday 7
# Only before a full stop or a number.
reading-weekday-shorts = mon 1, tue 2, tues 2, wed 3, thu 4, thur 4, thurs 4, fri 5, sat 6, sun 7
reading-months = january 1, jan 1, february 2, feb 2, march 3, mar 3, april 4, apr 4, may 5, june 6, jun 6, july 7, jul 7, august 8, aug 8, september 9, sept 9, sep 9, october 10, oct 10, november 11, nov 11, december 12, dec 12
reading-numbers = a 1, an 1, one 1, two 2, three 3, four 4, five 5, six 6, seven 7, eight 8, nine 9, ten 10, eleven 11, twelve 12, thirteen 13, fourteen 14, fifteen 15, sixteen 16, twenty 20, thirty 30, forty 40, fifty 50, hundred 100
reading-ordinals = first 1, 1st 1, second 2, 2nd 2, third 3, 3rd 3, fourth 4, 4th 4, fifth 5, 5th 5, last -1
reading-day-suffixes = st, nd, rd, th
reading-the = the
reading-relative-days = today 0, tomorrow 1, the day after tomorrow 2, day after tomorrow 2, yesterday -1
reading-weeks-after = week 1, fortnight 2
reading-weeks-before = a week on 1, week on 1, two weeks on 2, a fortnight on 2
reading-next-before = next
reading-next-after = next
reading-this-before = this, this coming, coming
reading-this-after = this week
reading-next-week = next week, of next week
reading-of-this-month = of the month, of this month
reading-of-next-month = of next month
reading-within = in
reading-days = day, days, days' time, days time
reading-weeks = week, weeks, weeks' time, week's time, weeks time
reading-months-long = month, months, months' time, month's time
# Counts of days that are said for whole weeks.
reading-loose-days = { "" }
reading-every = every, each
reading-vague-days = next week, this week, this weekend, this week-end, next weekend, the weekend, weekend, next month, this month, soon, a fortnight, in a fortnight
reading-vague-months = in, early, late, mid, early in, late in, end of, the end of, beginning of
reading-day-joins = to, and, or
reading-day-first = no

## Hours

reading-morning = morning, in the morning
reading-afternoon = afternoon, in the afternoon
reading-evening = evening, in the evening, night, at night
reading-today-morning = this morning
reading-today-afternoon = this afternoon
reading-today-evening = this evening, tonight
reading-hour-units = h, hr, hrs
reading-loose-hour-units = o'clock, oclock
reading-before-noon = am, a.m., a.m
reading-past-noon = pm, p.m., p.m
reading-noon = noon, midday
reading-midnight = midnight
# After one of these, noon is a part of the day or a meal and not an hour.
reading-noon-elsewhere = the, this, after, before, of
reading-fractions-before = half past 30, half 30, quarter past 15, a quarter past 15, quarter to -15, a quarter to -15, ten past 10, ten to -10, five past 5, five to -5, twenty past 20, twenty to -20
reading-fractions-after = thirty 30, fifteen 15, forty-five 45
reading-hour-leads = at, from, around, about, starting at, starts at, starting, by
# After these, at the end of a part of the sentence, a bare number is an hour.
reading-bare-hour-leads = at, around
reading-until = until, till, til, ending at, ends at
reading-range-leads = from
reading-range-joins = to, until, till, til
reading-between = between
reading-conjunctions = and

## Seats, children, price

reading-seats = seats, places, people, persons, participants, spots, seats max, places max, people max, seats available
# Only at the end of a part of the sentence: it has another meaning before a name.
reading-seat = seat, person, spot, max, maximum
reading-seat-leads = seats, places, capacity, capacity of, max, maximum, limited to, up to
reading-seat-joins = to, or, and
reading-about = about, around, at least, roughly, some, more than, less than, over, under, between, nearly, min, minimum
reading-unlimited = unlimited seats, unlimited places, seats unlimited, unlimited, no limit, without limit
reading-childcare = childcare, child care, child-care, child minding, creche
reading-with-words = with, with a, there is, there will be
reading-without = without, no, without any
reading-maybe = with or without, maybe, possibly, perhaps, if possible
reading-yes = yes, provided, included, ok
reading-no = no
reading-free = free, free of charge, free entry, free admission
reading-currencies = €, euro, euros

## Places, commissions

reading-place-words = room, espace, salle, rue
# Words that end the name of a place.
reading-place-endings = room, hall, square, park, street, avenue, road, gym, library, school, centre, center, house, garden, place
reading-street-words = street, avenue, road, lane, square, rue, boulevard, place
reading-place-leads = at, in, venue, @, outside, opposite
reading-kept-place-leads = outside, opposite
# After "at" or "in", these say no place.
reading-not-places = least, most, once, all, any, person, case, total, advance, french, english, arabic, pairs, groups
# The name of a place ends before these.
reading-place-stops = for, with, without, bring, please, open
reading-articles = the, a, an
reading-genitives = of, the, a, an, about, for, our, your, my, their, his, her, on, with, by, this, that
reading-commission-leads = for, for the, for the group, for the commission, group, the group, commission, the commission, of the commission
reading-of-words = of
# Words that carry nothing when they are all that remains.
reading-glue = the, a, an, on, at, in, of, for, from, and, to, by, venue, date, time, or

## What is asked about what was not understood; $text is what the person wrote.

doubt-unclear = I do not understand “{ $text }”.
doubt-ambiguous = “{ $text }” can be read in two ways.
doubt-impossible = “{ $text }” is not possible.
doubt-past = “{ $text }” is already over.
doubt-several = I read several answers: “{ $text }”.
doubt-mismatch = “{ $text }”: this does not go together.
doubt-end-before-start = “{ $text }”: the end is before the start.
doubt-vague = “{ $text }” is not precise enough.
doubt-repeated = “{ $text }”: one day at a time.
doubt-too-far = “{ $text }” is too far away.
doubt-too-many = “{ $text }” is too large.
doubt-too-long = Your text is too long.
doubt-unknown = I do not know “{ $text }”.
doubt-not-kept = I do not keep prices: “{ $text }”.
