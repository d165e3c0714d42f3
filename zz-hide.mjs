import puppeteer from 'puppeteer-core';
import { requireChromium } from './scripts/chromium.mjs';
const probe = async () => {
  const a = new RTCPeerConnection({ iceTransportPolicy: 'all' }), b = new RTCPeerConnection();
  const found = []; let phase = 'before';
  a.onicecandidate = ({ candidate }) => { if (candidate?.candidate) { found.push(`${phase}: ${candidate.candidate.split(' ').slice(4, 8).join(' ')}`); b.addIceCandidate(candidate).catch(() => {}); } };
  b.onicecandidate = ({ candidate }) => { if (candidate) a.addIceCandidate(candidate).catch(() => {}); };
  const channel = a.createDataChannel('x'); const got = [];
  b.ondatachannel = (e) => { e.channel.onmessage = (m) => got.push(m.data); };
  const exchange = async (iceRestart) => { const o = await a.createOffer({ iceRestart }); await a.setLocalDescription(o); await b.setRemoteDescription(a.localDescription); const an = await b.createAnswer(); await b.setLocalDescription(an); await a.setRemoteDescription(b.localDescription); };
  await exchange(false);
  await new Promise((r) => { channel.onopen = r; setTimeout(r, 8000); });
  const states = [a.connectionState];
  let error = 'none';
  phase = 'hidden';
  try { a.setConfiguration({ ...a.getConfiguration(), iceServers: [], iceTransportPolicy: 'relay' }); } catch (e) { error = String(e); }
  await new Promise((r) => setTimeout(r, 1500));
  states.push(a.connectionState);
  channel.send('still');
  await new Promise((r) => setTimeout(r, 500));
  await exchange(true).catch((e) => { error += ` restart ${e}`; });
  await new Promise((r) => setTimeout(r, 3000));
  states.push(a.connectionState, a.iceConnectionState);
  const inSdp = a.localDescription.sdp.match(/a=candidate[^\r]*/g);
  return { states, got, error, found, policy: a.getConfiguration().iceTransportPolicy, inSdp };
};
for (const kind of ['chrome', 'firefox']) {
  try {
    const browser = kind === 'chrome'
      ? await puppeteer.launch({ executablePath: requireChromium(), args: ['--no-sandbox', '--headless=new'] })
      : await puppeteer.launch({ browser: 'firefox', executablePath: (await import('./scripts/firefox.mjs')).requireFirefox?.() ?? process.env.FFC_FIREFOX, headless: true });
    const page = await browser.newPage();
    console.log(kind, JSON.stringify(await page.evaluate(probe), null, 1));
    await browser.close();
  } catch (error) { console.log(kind, 'failed', String(error)); }
}
