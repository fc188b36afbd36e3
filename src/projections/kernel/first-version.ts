/**
 * What a view of the first version of the reporting views says of itself.
 * @param told what it shows
 * @param successor the table or view that shows it, and more, from the second version on
 */
export const ofFirstVersion = (told: string, successor: string): string =>
  `${told} Of the first version of the reporting views, which stays until 30 November 2027 and keeps its columns; v2_${successor} takes its place.`;
