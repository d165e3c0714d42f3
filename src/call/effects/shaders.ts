// What the graphics card does for a background, in GLSL ES 3.00. Textures are read as they were uploaded: the first row is the top.

export const cornersShader = `#version 300 es
const vec2 corners[3] = vec2[](vec2(-1.0, -1.0), vec2(3.0, -1.0), vec2(-1.0, 3.0));
out vec2 at;
void main() {
  vec2 corner = corners[gl_VertexID];
  at = corner * 0.5 + 0.5;
  gl_Position = vec4(corner, 0.0, 1.0);
}`;

/** One mask, to be laid over those before it. */
export const maskShader = `#version 300 es
precision mediump float;
uniform sampler2D mask;
uniform float share;
in vec2 at;
out vec4 color;
void main() {
  color = vec4(vec3(texture(mask, at).a), share);
}`;

/** One direction of a blur of the room alone: what belongs to the person does not glow into it. */
export const blurShader = `#version 300 es
precision mediump float;
uniform sampler2D picture;
uniform sampler2D mask;
uniform vec2 stride;
in vec2 at;
out vec4 color;
void main() {
  vec3 sum = vec3(0.0);
  float weights = 0.0;
  for (int i = -8; i <= 8; i++) {
    float x = float(i) / 4.0;
    vec2 place = at + stride * float(i);
    float weight = exp(-0.5 * x * x) * (1.02 - texture(mask, place).r);
    sum += texture(picture, place).rgb * weight;
    weights += weight;
  }
  color = vec4(sum / weights, 1.0);
}`;

/** The person before a blurred room, a picture (part of it: offset and size), or a colour. */
export const composeShader = `#version 300 es
precision mediump float;
uniform sampler2D picture;
uniform sampler2D mask;
uniform sampler2D behind;
uniform vec4 part;
uniform vec4 plain;
in vec2 at;
out vec4 color;
void main() {
  // A canvas counts its rows from below.
  vec2 place = vec2(at.x, 1.0 - at.y);
  float person = smoothstep(0.4, 0.7, texture(mask, place).r);
  vec3 back = mix(texture(behind, part.xy + place * part.zw).rgb, plain.rgb, plain.a);
  color = vec4(mix(back, texture(picture, place).rgb, person), 1.0);
}`;
