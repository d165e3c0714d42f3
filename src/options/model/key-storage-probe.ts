// Tries whether this window can make our keys and keep them: private windows and old browsers cannot (docs/protocol.md#identity).
// Uses a database of its own, so that a failure leaves nothing behind.

const probeName = 'freeflow-connect-probe';

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function roundTrip(key: CryptoKey): Promise<boolean> {
  const opening = indexedDB.open(probeName, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('keys');
  const database = await settled(opening);
  try {
    await settled(database.transaction('keys', 'readwrite').objectStore('keys').put(key, 'probe'));
    const kept: unknown = await settled(database.transaction('keys').objectStore('keys').get('probe'));
    return kept instanceof CryptoKey;
  } finally {
    database.close();
    indexedDB.deleteDatabase(probeName);
  }
}

export async function canKeepKeys(): Promise<boolean> {
  try {
    const signing = await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']);
    await crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits']);
    return 'privateKey' in signing && (await roundTrip(signing.privateKey));
  } catch {
    return false;
  }
}
