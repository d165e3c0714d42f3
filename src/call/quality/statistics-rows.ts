// The statistics of a link as lines of a table, with units, for the panel and for copying. Addresses are lines of their own, which are
// never copied.
import type { LinkSample, PictureInSample, PictureOutSample } from '../../core/media/link-sample.ts';
import { type RouteName, routeOf } from '../../core/network/link-way.ts';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';

/** One line. What is not known is a dash. */
export interface StatisticsRow {
  readonly label: string;
  readonly sent: string;
  readonly received: string;
}

export interface StatisticsGroup {
  readonly title: string;
  readonly rows: readonly StatisticsRow[];
}

const routeTexts: Readonly<Record<RouteName, TextKey>> = {
  direct: 'statsRouteDirect',
  'direct-tcp': 'statsRouteDirectTcp',
  'direct-ipv6': 'statsRouteDirectIpv6',
  'own-relay-udp': 'statsRouteOwnRelayUdp',
  'own-relay-tcp': 'statsRouteOwnRelayTcp',
  'own-relay-tls': 'statsRouteOwnRelayTls',
  'their-relay': 'statsRouteTheirRelay',
  yggdrasil: 'statsRouteYggdrasil',
  mycelium: 'statsRouteMycelium',
};

const none = '–';

/** Which way the call runs, in words. */
export function routeWords(sample: LinkSample | undefined): string {
  return sample?.way ? text(routeTexts[routeOf(sample.way)]) : none;
}

/** The two ends of the way, for the eyes of the person here only. */
export function addressRows({ way }: LinkSample): readonly StatisticsRow[] {
  if (!way?.localAddress && !way?.remoteAddress) return [];
  return [{ label: text('statsAddress'), sent: way.localAddress ?? none, received: way.remoteAddress ?? none }];
}

export function statisticsGroups(sample: LinkSample): readonly StatisticsGroup[] {
  const { soundIn, soundOut, pictureIn, pictureOut } = sample;
  const row = (label: TextKey, sent: string | undefined, received: string | undefined): StatisticsRow => ({
    label: text(label),
    sent: sent ?? none,
    received: received ?? none,
  });
  return [
    {
      title: text('statsNetwork'),
      rows: [
        row('statsRate', rate(sample.sentBitsPerSecond), rate(sample.receivedBitsPerSecond)),
        row('statsEstimate', rate(sample.estimateBitsPerSecond), undefined),
        row('statsRoundTrip', ms(sample.rttMs), undefined),
        row('statsTotal', megabytes(sample.bytesSent), megabytes(sample.bytesReceived)),
      ],
    },
    {
      title: text('statsSound'),
      rows: [
        row('statsCodec', soundOut?.codec, soundIn?.codec),
        row('statsRate', rate(soundOut?.bitsPerSecond), rate(soundIn?.bitsPerSecond)),
        row('statsLoss', percent(soundOut?.lossShare), percent(soundIn?.lossShare)),
        row('statsJitter', ms(soundOut?.jitterMs), ms(soundIn?.jitterMs)),
        row('statsBuffer', undefined, ms(soundIn?.bufferMs)),
        row('statsConcealed', undefined, percent(soundIn?.concealedShare)),
      ],
    },
    {
      title: text('statsPicture'),
      rows: [
        row('statsCodec', codecWithEncoder(pictureOut), pictureIn?.codec),
        row('statsSize', size(pictureOut), size(pictureIn)),
        row('statsFrames', count(activeFrames(pictureOut)), count(pictureIn?.framesPerSecond)),
        row('statsRate', rate(pictureOut?.bitsPerSecond), rate(pictureIn?.bitsPerSecond)),
        row('statsTarget', rate(pictureOut?.isActive ? pictureOut.targetBitsPerSecond : undefined), undefined),
        row('statsLoss', percent(pictureOut?.lossShare), percent(pictureIn?.lossShare)),
        row('statsJitter', ms(pictureOut?.jitterMs), ms(pictureIn?.jitterMs)),
        row('statsBuffer', undefined, ms(pictureIn?.bufferMs)),
        row('statsCoding', ms(pictureOut?.codingMsPerFrame, 1), ms(pictureIn?.codingMsPerFrame, 1)),
        row('statsDropped', undefined, percent(pictureIn?.droppedShare)),
        row('statsFreezes', undefined, count(pictureIn?.freezes)),
        row('statsKeyFrames', count(pictureOut?.keyFrames), count(pictureIn?.keyFrames)),
        row('statsLimited', limit(pictureOut), undefined),
      ],
    },
  ];
}

/** Everything but addresses, one line each, to paste into a message. */
export function statisticsText(sample: LinkSample): string {
  const lines = statisticsGroups(sample).flatMap(({ title, rows }) => [
    '',
    title,
    ...rows.map(({ label, sent, received }) => `${label}: ${sent} / ${received}`),
  ]);
  return [
    `${text('statsRoute')}: ${routeWords(sample)}`,
    `${text('statsSent')} / ${text('statsReceived')}`,
    ...lines,
  ].join('\n');
}

function rate(bits: number | undefined): string | undefined {
  if (bits === undefined) return undefined;
  return bits < 999_500
    ? text('statsKilobits', String(Math.round(bits / 1000)))
    : text('statsMegabits', (bits / 1_000_000).toFixed(1));
}

function ms(value: number | undefined, digits = 0): string | undefined {
  return value === undefined ? undefined : text('statsMs', value.toFixed(digits));
}

function percent(share: number | undefined): string | undefined {
  return share === undefined ? undefined : text('statsPercent', (share * 100).toFixed(1));
}

function megabytes(bytes: number): string {
  return text('statsMegabytes', (bytes / 1_000_000).toFixed(1));
}

function count(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(Math.round(value));
}

function size(picture: PictureInSample | PictureOutSample | undefined): string | undefined {
  return picture?.width && picture.height ? `${picture.width} × ${picture.height}` : undefined;
}

function activeFrames(picture: PictureOutSample | undefined): number | undefined {
  return picture?.isActive ? picture.framesPerSecond : undefined;
}

function codecWithEncoder(picture: PictureOutSample | undefined): string | undefined {
  if (!picture?.codec) return undefined;
  return picture.encoder && picture.encoder !== 'unknown' ? `${picture.codec} (${picture.encoder})` : picture.codec;
}

const limitTexts: Readonly<Record<NonNullable<PictureOutSample['limitedBy']>, TextKey>> = {
  none: 'statsLimitNone',
  cpu: 'statsLimitCpu',
  bandwidth: 'statsLimitBandwidth',
  other: 'statsLimitOther',
};

function limit(picture: PictureOutSample | undefined): string | undefined {
  if (!picture?.limitedBy) return undefined;
  return text(limitTexts[picture.limitedBy]);
}
