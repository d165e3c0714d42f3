// A full mesh of simple-peer with its defaults.
import SimplePeer from 'simple-peer/simplepeer.min.js';
import { joinRoom, room } from './room.mjs';

joinRoom((_other, initiator, say) => {
  const peer = new SimplePeer({ initiator, stream: room.camera, config: { iceServers: [] } });
  peer.on('signal', say);
  peer.on('stream', room.show);
  // On a full machine a connection may not come up in time; the library then closes it.
  peer.on('error', () => undefined);
  // The library's own connection has no public name.
  return {
    hear: (message) => peer.signal(message),
    connection: () => /** @type {{ _pc?: RTCPeerConnection }} */ (/** @type {unknown} */ (peer))._pc,
  };
});
