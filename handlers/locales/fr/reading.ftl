### What an officer may write in a sentence that makes an event, and what the bot asks about it.
### Lists are separated by commas; case and accents do not matter. A number after a phrase is what
### it stands for. An empty list is { "" }.

## Calendar

reading-weekdays = lundi 1, mardi 2, mercredi 3, jeudi 4, vendredi 5, samedi 6, dimanche 7
# Only before a full stop or a number.
reading-weekday-shorts = lun 1, mar 2, mer 3, merc 3, jeu 4, ven 5, vend 5, sam 6, dim 7
reading-months = janvier 1, janv 1, jan 1, février 2, févr 2, fév 2, mars 3, avril 4, avr 4, mai 5, juin 6, juillet 7, juil 7, juill 7, août 8, septembre 9, sept 9, sep 9, octobre 10, oct 10, novembre 11, nov 11, décembre 12, déc 12
reading-numbers = un 1, une 1, deux 2, trois 3, quatre 4, cinq 5, six 6, sept 7, huit 8, neuf 9, dix 10, onze 11, douze 12, treize 13, quatorze 14, quinze 15, seize 16, vingt 20, trente 30, quarante 40, cinquante 50, cent 100
reading-ordinals = 1er 1, 1e 1, 1ère 1, premier 1, première 1, 2e 2, 2ème 2, 2nd 2, deuxième 2, second 2, 3e 3, 3ème 3, troisième 3, 4e 4, 4ème 4, quatrième 4, 5e 5, 5ème 5, cinquième 5, dernier -1, dernière -1
reading-day-suffixes = er, e, ème
reading-the = le
reading-relative-days = aujourd'hui 0, ce jour 0, demain 1, après-demain 2, après demain 2, hier -1, avant-hier -2, avant hier -2
reading-weeks-after = en 8 1, en huit 1, en 15 2, en quinze 2
reading-weeks-before = { "" }
reading-next-before = prochain, le prochain
reading-next-after = prochain
reading-this-before = ce
reading-this-after = qui vient, qui arrive
reading-next-week = de la semaine prochaine, la semaine prochaine, semaine prochaine, de la semaine qui vient
reading-of-this-month = du mois, de ce mois, de ce mois-ci
reading-of-next-month = du mois prochain
reading-within = dans
reading-days = jour, jours, j
reading-weeks = semaine, semaines
reading-months-long = mois
# Counts of days that are said for whole weeks: 8 days for one week, 15 for two.
reading-loose-days = 8 7, huit 7, 15 14, quinze 14
reading-every = tous les, toutes les, chaque
reading-vague-days = la semaine prochaine, semaine prochaine, cette semaine, la semaine qui vient, ce week-end, ce weekend, le week-end prochain, le weekend prochain, week-end, weekend, le mois prochain, ce mois-ci, cette nuit, prochainement, bientôt
reading-vague-months = en, début, fin, mi, courant, fin de, au mois de, le mois de
reading-day-joins = au, et, ou, à
reading-day-first = yes

## Hours

reading-morning = matin, du matin, le matin, au matin, dans la matinée, en matinée
reading-afternoon = après-midi, aprem, de l'après-midi, l'après-midi, dans l'après-midi
reading-evening = soir, du soir, le soir, au soir, en soirée, dans la soirée
reading-today-morning = ce matin
reading-today-afternoon = cet après-midi, cette après-midi, cet aprem
reading-today-evening = ce soir, cette soirée
reading-hour-units = h, heure, heures, hr, hrs
reading-loose-hour-units = { "" }
reading-before-noon = am, a.m., a.m
reading-past-noon = pm, p.m., p.m
reading-noon = midi
reading-midnight = minuit
# After one of these, noon is a part of the day or a meal and not an hour.
reading-noon-elsewhere = de, du, après, ce, le, avant
reading-fractions-before = { "" }
reading-fractions-after = et demie 30, et demi 30, et quart 15, moins le quart -15, moins quart -15, trente 30, quinze 15, quarante-cinq 45
reading-hour-leads = à, vers, dès, à partir de, de, début, début à, accueil, rendez-vous à, rdv à, pour
# After these, at the end of a part of the sentence, a bare number is an hour.
reading-bare-hour-leads = à, vers
reading-until = jusqu'à, jusqu'a, jusque
reading-range-leads = de, dès, à partir de
reading-range-joins = à, jusqu'à, au, jusque
reading-between = entre
reading-conjunctions = et

## Seats, children, price

reading-seats = places, personnes, pers, participants, participantes, inscrits, places max, places maximum, personnes max, personnes maximum, places disponibles, places assises
# Only at the end of a part of the sentence: it has another meaning before a name.
reading-seat = place, personne, participant, pl, max, maximum
reading-seat-leads = places, jauge, jauge de, max, maximum, capacité, capacité de, nombre de places, limité à, limite
reading-seat-joins = à, ou, et
reading-about = environ, près de, au moins, minimum, plus de, moins de, entre, à peu près, autour de, min
reading-unlimited = places illimitées, place illimitée, illimité, illimitée, illimités, sans limite, sans limite de places, nombre de places illimité, pas de limite
reading-childcare = garde d'enfants, garde des enfants, garde d'enfant, garde enfants, garde enfant, garde
reading-with-words = avec, avec la, avec une, il y a une, il y aura une
reading-without = sans, sans la, pas de, pas, aucune, ni, pas besoin de, sans besoin de
reading-maybe = avec ou sans, peut-être, peut-être une, éventuellement, si possible
reading-yes = oui, assurée, prévue, ok
reading-no = non
reading-free = gratuit, gratuite, gratuits, entrée gratuite, entrée libre, c'est gratuit
reading-currencies = €, euro, euros

## Places, commissions

reading-place-words = espace, salle, place, rue, avenue, boulevard, bd, allée, impasse, quai, square, parc, gymnase, mairie, médiathèque, bibliothèque, centre social, centre culturel, maison des, maison du, maison de, école, collège, lycée, théâtre, stade, local, bâtiment, résidence
# Words that end the name of a place.
reading-place-endings = { "" }
reading-street-words = rue, avenue, av, boulevard, bd, allée, impasse, quai, chemin, square, place, bis, ter
reading-place-leads = à, au, aux, dans, en face de, devant, lieu, @
reading-kept-place-leads = chez, en face de, devant
# After « à » or « au », these say no place.
reading-not-places = partir, confirmer, définir, préciser, voir, venir, apporter, prévoir, noter, déterminer, pied, pieds, vélo, tous, toutes, programme, menu, moins, plus, maximum, minimum, cas, lieu, volonté, emporter, partager, choisir, deux, plusieurs, suivre
# The name of a place ends before these.
reading-place-stops = pour, avec, sans, apporter, prévoir, venir, merci, pensez, inscription, inscriptions, ouvert, ouverte, animé, animée
reading-articles = la, le, les, l', un, une
reading-genitives = de, du, des, d', sur, pour, sa, son, ses, nos, notre, votre, vos, ma, mon, mes, leur, leurs, la, le, les, l', un, une, contre, par, cette, ce, chaque
reading-commission-leads = pour, pour les, pour le, pour la, pour le groupe, pour la commission, groupe, le groupe, du groupe, commission, la commission, de la commission
reading-of-words = de, d'
# Words that carry nothing when they are all that remains.
reading-glue = le, la, les, l', de, du, des, d', à, au, aux, en, et, ce, cet, cette, un, une, pour, dès, vers, dans, lieu, date, jour, heure, le jour, rendez-vous, rdv, ou

## What is asked about what was not understood; $text is what the person wrote.

doubt-unclear = Je ne comprends pas « { $text } ».
doubt-ambiguous = « { $text } » peut se lire de deux façons.
doubt-impossible = « { $text } » n'est pas possible.
doubt-past = « { $text } » est déjà passé.
doubt-several = Je lis plusieurs réponses : « { $text } ».
doubt-mismatch = « { $text } » : cela ne va pas ensemble.
doubt-end-before-start = « { $text } » : la fin est avant le début.
doubt-vague = « { $text } » n'est pas assez précis.
doubt-repeated = « { $text } » : un seul jour à la fois.
doubt-too-far = « { $text } » est trop loin.
doubt-too-many = « { $text } » est trop grand.
doubt-too-long = Votre texte est trop long.
doubt-unknown = Je ne connais pas « { $text } ».
doubt-not-kept = Je ne garde pas le prix : « { $text } ».
