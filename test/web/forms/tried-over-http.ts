/** Forms that the demonstration has no use for: it files by itself, reads no calendars and has a log that is whole. Here they are tried without a browser. */
export const formsTriedOverHttp = ['/programari/:id/conexare', '/program/:id/calendar/adresa', '/administrare/fluxuri/:stream/inchidere'];
