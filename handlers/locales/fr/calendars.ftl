### An event for the phone's own calendar.

calendars-add = 🗓 Calendrier
calendars-how = 🗓 Touchez le fichier. Le rendez-vous va dans votre calendrier.
