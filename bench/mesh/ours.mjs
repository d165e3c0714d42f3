// A full mesh of our connections, each with its quality control, under one economy: the product's own files, without identities and relays.
import { emptyOwnModel } from '../../src/call/model/own-model.ts';
import { emptyPersonModel } from '../../src/call/model/person-model.ts';
import { QualityControl } from '../../src/call/quality/quality-control.ts';
import { qualityPlug } from '../../src/call/quality/quality-word.ts';
import { UploadEconomy } from '../../src/call/quality/upload-economy.ts';
import { viewPlug } from '../../src/call/quality/view-word.ts';
import { formatControl, parseControl } from '../../src/core/signaling/control-message.ts';
import { CallConnection } from '../../src/link/connection/call-connection.ts';
import { ControlWords } from '../../src/link/proven/control-words.ts';
import { systemClock } from '../../src/platform/system-clock.ts';
import { joinRoom, room, tileSize } from './room.mjs';

const [microphone] = room.camera.getAudioTracks();
const [camera] = room.camera.getVideoTracks();
if (!microphone || !camera) throw new Error('The test camera has no picture or no sound.');
const whole = camera.getSettings();
const capture = new URLSearchParams(location.search).get('capture') ?? 'small';
const own = emptyOwnModel();
own.camera.value = 'on';
// One person speaks.
own.speaking.value = room.me === 0;
const economy = new UploadEconomy({
  own,
  onCaptureSize: async (size) => {
    if (capture !== 'small') return;
    const { width = 0, height = 0 } = size ?? whole;
    await camera.applyConstraints({
      width: { ideal: width },
      height: { ideal: height },
      frameRate: { ideal: whole.frameRate ?? 0 },
    });
  },
});
globalThis.economy = economy;

/** @param {CallConnection} connection */
async function whenGathered(connection) {
  if (connection.iceGatheringState !== 'complete')
    await new Promise((resolve) =>
      connection.addEventListener(
        'icegatheringstatechange',
        () => connection.iceGatheringState === 'complete' && resolve(undefined),
      ),
    );
  return { type: connection.localDescription?.type, sdp: connection.localDescription?.sdp };
}

joinRoom((other, initiator, say) => {
  const connection = new CallConnection({ iceServers: [] });
  const stream = new MediaStream();
  connection.ontrack = ({ track }) => {
    stream.addTrack(track);
    if (track.kind === 'video') room.show(stream);
  };
  void connection.setTrack('audio', microphone);
  void connection.setTrack('video', camera);
  const control = new QualityControl(emptyPersonModel(), own);
  /** @type {RTCDataChannel | undefined} */
  let channel;
  const tell = (/** @type {import('../../src/core/signaling/control-message.ts').ControlMessage} */ message) => {
    if (channel?.readyState !== 'open') return false;
    channel.send(formatControl(message));
    return true;
  };
  const words = new ControlWords(systemClock);
  for (const { plug } of [qualityPlug, viewPlug]) plug(words, { quality: control });
  words.carry({ isOpen: () => channel?.readyState === 'open', send: tell, transcript: undefined });
  control.sizes.showsAt('person', tileSize());
  control.follow(connection);
  economy.join(String(other), control);
  const take = (/** @type {RTCDataChannel} */ opened) => {
    channel = opened;
    opened.onopen = () => words.greeted();
    opened.onmessage = ({ data }) => {
      const heard = parseControl(data);
      if (heard && 'word' in heard) words.read(heard.word)?.();
    };
  };
  const offer = async () => {
    connection.prepareOffer();
    connection.onControlChannel(take);
    await connection.setLocalDescription(await connection.createOffer());
    say(await whenGathered(connection));
  };
  if (initiator) void offer();
  else connection.ondatachannel = (event) => take(event.channel);
  const hear = async (/** @type {RTCSessionDescriptionInit} */ description) => {
    await connection.setRemoteDescription(description);
    if (description.type !== 'offer') return;
    await connection.setLocalDescription(await connection.createAnswer());
    say(await whenGathered(connection));
  };
  return { hear, connection: () => connection };
});
