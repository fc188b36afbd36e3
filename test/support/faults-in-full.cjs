// Preloaded by `npm run test:faults`, on every system alike: kills, races and searches in their full length.
process.env.FAULTS = 'full';
