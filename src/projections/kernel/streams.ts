/** What stands after the category in a stream's name. */
const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

export const ticketIdOf = idOf;
export const staffIdOf = idOf;
export const calendarIdOf = idOf;
/** `<number>_<filedOn>` */
export const requestKeyOf = idOf;

/** `<staffId>_<date>`, and its two parts: a date has no underscore, a staff id may. */
export const agendaDayOf = (stream: string): { readonly key: string; readonly staffId: string; readonly date: string } => {
  const key = idOf(stream);
  const cut = key.lastIndexOf('_');
  return { key, staffId: key.slice(0, cut), date: key.slice(cut + 1) };
};
