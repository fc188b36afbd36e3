/** `14:05` for 845 seconds, as the field takes it. */
export const durationView = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
