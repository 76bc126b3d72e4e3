### An event for the phone's own calendar.

calendars-add = 🗓 Calendar
calendars-how = 🗓 Touch the file. The event goes into your calendar.
