import { outageOf, type StorageHealth } from '@tichet-albastru/event-log/database/storage-health';

/** While the stores cannot be asked, what they would say is left out: what this process has counted is wanted then most of all. */
export const whenKnown = async (
  { forget, storage }: { readonly forget: () => void; readonly storage: Pick<StorageHealth, 'failing'> | undefined },
  look: () => Promise<void>,
): Promise<void> => {
  if (storage !== undefined && storage.failing().length > 0) {
    forget();
    return;
  }
  try {
    await look();
  } catch (error) {
    if (outageOf(error) === undefined) throw error;
    forget();
  }
};
