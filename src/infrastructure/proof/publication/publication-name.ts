/** Of the letters, among those who keep checkpoints elsewhere. */
export const publicationName = 'letter';
