-- Here programs tell each other by NOTIFY (store/src/bell), and nothing is kept.
SELECT 1;
