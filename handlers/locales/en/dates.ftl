### Days and hours, as they are written in messages. Names of days and months come from CLDR.

# $weekday and $month are names, $day is a number.
date-day = { $weekday } { $day } { $month }
# $year is written without a separator.
date-full-day = { date-day } { $year }
# $hour goes from 0 to 23, $hour12 from 1 to 12; $half is am or pm; $minute has two digits.
date-hour = { $hour12 } { $half }
date-hour-minutes = { $hour12 }:{ $minute } { $half }
date-hours = { $start } to { $end }
