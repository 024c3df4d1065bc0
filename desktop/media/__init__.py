"""Pictures that need Qt: the player behind RTSP, HLS and files, decoding, drawn test pictures. No widgets and no theme here."""
