/** The two kinds of media track, as MediaStreamTrack names them. */
export type TrackKind = 'audio' | 'video';
